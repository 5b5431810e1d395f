// make-logs: asan
#include <cstring>
namespace {
volatile int sink;
volatile unsigned long count = 8;
void shift(char* at) { std::memcpy(at + 1, at, count); }
}  // namespace
int main() {
  char text[16] = "12345678";
  shift(text);
  sink = text[0];
}
