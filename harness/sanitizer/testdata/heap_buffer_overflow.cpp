// make-logs: asan
namespace {
volatile int sink;
template <class T>
T past(T* from, int count) {
  return from[count];
}
}  // namespace
int main() {
  int* volatile block = new int[6];
  const int value = past<int>(block, 6);
  delete[] block;
  sink = value;
}
