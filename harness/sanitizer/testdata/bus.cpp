// make-logs: asan
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
namespace {
volatile int sink;
__attribute__((noinline)) char read_past_end(const char* page) { return page[0]; }
}  // namespace
int main() {
  const int empty = memfd_create("empty", 0);
  auto* page = static_cast<char*>(mmap(nullptr, 4096, PROT_READ, MAP_SHARED, empty, 0));
  sink = read_past_end(page);
}
