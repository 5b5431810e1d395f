// make-logs: tsan
#include <semaphore.h>
#include <unistd.h>
#include <thread>
namespace {
struct Base {
  virtual ~Base() { usleep(100000); }
  virtual void run() {}
};
struct Derived : Base {
  ~Derived() override { usleep(1000); }
  void run() override {}
};
void call(Base* base) {
  usleep(20000);
  base->run();
}
void destroy(Base* base) { delete base; }
}  // namespace
int main() {
  Base* base = new Derived;
  std::thread one(call, base);
  destroy(base);
  one.join();
}
