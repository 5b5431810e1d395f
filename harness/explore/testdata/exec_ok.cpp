// expects: nothing
// Programs that it starts know nothing of the explorer.
#include <sys/wait.h>
#include <unistd.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <thread>

int exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

int main() {
  std::thread t([] { assert(exit_code(std::system("exit 3")) == 3); });
  const pid_t child = fork();
  if (child == 0)
    execl("/bin/sh", "sh", "-c", "test -z \"$REDFLAG_EXPLORE_FD\" && exit 4", nullptr);
  int status = 0;
  waitpid(child, &status, 0);
  assert(exit_code(status) == 4);
  t.join();
  FILE* said = popen("echo word", "r");
  char line[8] = {};
  assert(said != nullptr && std::fgets(line, sizeof line, said) != nullptr && line[0] == 'w');
  assert(exit_code(pclose(said)) == 0);
}
