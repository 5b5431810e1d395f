// make-logs: asan
namespace {
volatile int sink;
int* volatile escaped;
int use() { return *escaped; }
}  // namespace
int main() {
  {
    volatile int local = 1;
    escaped = const_cast<int*>(&local);
  }
  sink = use();
}
