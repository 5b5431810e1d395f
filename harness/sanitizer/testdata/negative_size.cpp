// make-logs: asan
#include <cstring>
namespace {
volatile int sink;
volatile long count = -8;  // as the difference of two torn pointers
void shift(char* to, const char* from) { std::memmove(to, from, static_cast<unsigned long>(count)); }
}  // namespace
int main() {
  char text[16] = "12345678";
  shift(text, text + 8);
  sink = text[0];
}
