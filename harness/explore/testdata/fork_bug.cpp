// expects: abort
// A child is made while another thread has the lock, and has it for ever.
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cassert>
#include <mutex>
#include <thread>

std::mutex mutex;
int value = 0;

int main() {
  std::thread t([] {
    const std::lock_guard lock(mutex);
    ++value;
  });
  const pid_t child = fork();
  // Not by _exit(), where a sanitizer would look for the parent's threads.
  if (child == 0) syscall(SYS_exit_group, mutex.try_lock() ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  t.join();
}
