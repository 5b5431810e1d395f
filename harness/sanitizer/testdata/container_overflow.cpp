// make-logs: asan
// flags: -D_GLIBCXX_SANITIZE_VECTOR
#include <vector>
namespace {
volatile int sink;
int beyond(std::vector<int>& numbers) { return *(numbers.data() + 3); }
}  // namespace
int main() {
  std::vector<int> numbers;
  numbers.reserve(8);
  numbers.push_back(1);
  sink = beyond(numbers);
}
