// make-logs: asan
#include <cstdlib>
namespace {
void release(int* p) { std::free(p); }
}  // namespace
int main() {
  int* volatile local = new int[4];
  release(local + 1);
}
