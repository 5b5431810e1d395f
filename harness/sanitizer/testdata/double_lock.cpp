// make-logs: tsan
// Another thread makes the held mutex anew, so that it can lock it too.
#include <pthread.h>
#include <thread>
namespace {
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
void lock_again() {
  mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&mutex);
}
}  // namespace
int main() {
  pthread_mutex_lock(&mutex);
  std::thread(lock_again).join();
}
