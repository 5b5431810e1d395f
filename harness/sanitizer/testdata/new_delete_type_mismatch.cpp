// make-logs: asan
// flags: -fsized-deallocation
namespace {
struct Small {
  char text[16];
};
struct Large {
  char text[64];
};
void release(void* p) { delete static_cast<Small*>(p); }
}  // namespace
int main() {
  void* volatile block = new Large;
  release(block);
}
