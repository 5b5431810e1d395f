// make-logs: tsan
#include <thread>
namespace team {
void body() {
  int local = 0;
  std::thread other([&local] { local = 1; });
  local = 2;
  other.join();
}
}  // namespace team
int main() { team::body(); }
