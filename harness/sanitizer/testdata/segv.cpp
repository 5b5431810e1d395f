// make-logs: tsan asan
#include <thread>
namespace {
int* volatile nowhere = nullptr;
void crash() { *nowhere = 1; }
}  // namespace
int main() { std::thread(crash).join(); }
