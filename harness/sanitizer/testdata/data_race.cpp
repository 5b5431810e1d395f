// make-logs: tsan
#include <thread>
namespace {
int counter = 0;
void bump() { ++counter; }
}  // namespace
int main() {
  std::thread one(bump);
  std::thread two([] { counter += 2; });
  one.join();
  two.join();
}
