// make-logs: tsan
#include <pthread.h>
namespace {
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
void stop() { pthread_mutex_destroy(&mutex); }
}  // namespace
int main() {
  pthread_mutex_lock(&mutex);
  stop();
}
