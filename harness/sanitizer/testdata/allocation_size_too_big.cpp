// make-logs: asan
namespace {
volatile unsigned long wild = 1UL << 50;  // as read from a block that was freed
char* reserve(unsigned long size) { return new char[size]; }
}  // namespace
int main() {
  char* volatile block = reserve(wild);
  delete[] block;
}
