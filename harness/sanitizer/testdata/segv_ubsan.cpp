// make-logs: ubsan
// compilers: clang++
// GCC's UBSan runtime handles no signals.
#include <thread>
namespace {
int* volatile nowhere = nullptr;
void crash() { *nowhere = 1; }
}  // namespace
int main() { std::thread(crash).join(); }
