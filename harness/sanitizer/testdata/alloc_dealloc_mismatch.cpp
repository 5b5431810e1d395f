// make-logs: asan
#include <cstdlib>
namespace {
void release(int* p) { std::free(p); }
}  // namespace
int main() {
  int* volatile block = new int[4];
  release(block);
}
