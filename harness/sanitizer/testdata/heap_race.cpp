// make-logs: tsan
// The names that compilers print differently: templates, operators, unnamed namespaces.
#include <memory>
#include <thread>
namespace {
struct Engine {
  long speed = 0;
  long temperature = 0;
  long oil = 0;
  Engine& operator<<(long more) {
    speed += more;
    return *this;
  }
};
template <class T>
void bump(T& engine) {
  engine.speed += 2;
}
}  // namespace
int main() {
  auto engine = std::make_unique<Engine>();
  std::thread one([&] { bump(*engine); });
  std::thread two([&] { *engine << 3; });
  one.join();
  two.join();
}
