// make-logs: asan
#include <cstdlib>
namespace {
volatile unsigned long wild = 1UL << 62;
void* table(unsigned long rows) { return std::calloc(rows, 64); }
}  // namespace
int main() {
  void* volatile block = table(wild);
  std::free(block);
}
