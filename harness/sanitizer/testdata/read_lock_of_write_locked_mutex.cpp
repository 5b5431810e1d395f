// make-logs: tsan
// Another thread makes the held lock anew, so that it can read-lock it.
#include <pthread.h>
#include <thread>
namespace {
pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
void read_side() {
  lock = PTHREAD_RWLOCK_INITIALIZER;
  pthread_rwlock_rdlock(&lock);
}
}  // namespace
int main() {
  pthread_rwlock_wrlock(&lock);
  std::thread(read_side).join();
}
