// make-logs: tsan
#include <unistd.h>
#include <thread>
namespace {
struct Task {
  virtual ~Task() = default;
  virtual void run() {}
};
void call(Task* task) {
  usleep(50000);
  task->run();
}
void drop(Task* task) { delete task; }
}  // namespace
int main() {
  Task* task = new Task;
  std::thread one(call, task);
  drop(task);
  one.join();
}
