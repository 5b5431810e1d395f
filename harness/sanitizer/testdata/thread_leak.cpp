// make-logs: tsan
#include <pthread.h>
#include <unistd.h>
namespace {
void* body(void*) { return nullptr; }
void start() {
  pthread_t id;
  pthread_create(&id, nullptr, body, nullptr);
  pthread_setname_np(id, "lost one");
}
}  // namespace
int main() {
  start();
  start();
  usleep(50000);
}
