// expects: deadlock
// Two static locals, each initialised with the other, in two threads.
#include <thread>

int first(int depth);
int second(int depth);

int first(int depth) {
  static const int value = depth > 0 ? 1 : second(depth + 1);
  return value;
}

int second(int depth) {
  static const int value = depth > 0 ? 1 : first(depth + 1);
  return value;
}

int main() {
  std::thread t([] { first(1 - 1); });
  std::thread u([] { second(1 - 1); });
  t.join();
  u.join();
}
