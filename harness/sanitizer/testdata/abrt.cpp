// make-logs: asan
// options: handle_abort=1
#include <cstdlib>
namespace {
void give_up() { std::abort(); }
}  // namespace
int main() { give_up(); }
