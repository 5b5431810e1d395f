// make-logs: tsan asan
#include <unistd.h>
#include <thread>
namespace {
struct Engine {
  int pad[5] = {};
  volatile int running = 1;
  ~Engine() {}
};
void stop(Engine* engine) { delete engine; }
int process(Engine* engine) {
  usleep(50000);
  return engine->running;
}
}  // namespace
int main() {
  auto* engine = new Engine;
  std::thread worker([engine] { return process(engine); });
  stop(engine);
  worker.join();
}
