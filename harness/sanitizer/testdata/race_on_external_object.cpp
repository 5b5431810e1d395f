// make-logs: tsan
#include <thread>
extern "C" {
void* __tsan_external_register_tag(const char* object_type);
void __tsan_external_assign_tag(void* addr, void* tag);
void __tsan_external_write(void* addr, void* caller_pc, void* tag);
}
namespace {
void* tag;
void* object;
void append() { __tsan_external_write(object, __builtin_return_address(0), tag); }
}  // namespace
int main() {
  tag = __tsan_external_register_tag("Playlist");
  object = new char[16];
  __tsan_external_assign_tag(object, tag);
  std::thread one(append);
  append();
  one.join();
  delete[] static_cast<char*>(object);
}
