// expects: nothing
// The child, which runs free, posts a semaphore that it shares with its parent.
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cassert>
#include <thread>

int main() {
  void* memory =
      mmap(nullptr, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  assert(memory != MAP_FAILED);
  auto* ready = static_cast<sem_t*>(memory);
  sem_init(ready, 1, 0);
  const pid_t child = fork();
  if (child == 0) {
    usleep(10000);
    sem_post(ready);
    syscall(SYS_exit_group, 0);
  }
  std::thread t([ready] { sem_wait(ready); });
  t.join();
  int status = 0;
  waitpid(child, &status, 0);
  assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
