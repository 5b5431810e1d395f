// make-logs: tsan
#include <thread>
namespace {
thread_local int own = 0;
void set(int* at) { *at = 1; }
}  // namespace
int main() {
  std::thread other(set, &own);
  own = 2;
  other.join();
}
