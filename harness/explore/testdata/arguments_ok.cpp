// expects: nothing
// With arguments it says what they are, and ends with their number as exit code.
#include <cstdio>
#include <thread>

int main(int count, char** values) {
  std::thread t([] {});
  t.join();
  for (int i = 1; i < count; ++i) std::printf("argument <%s>\n", values[i]);
  return count - 1;
}
