// make-logs: tsan
#include <pthread.h>
namespace {
pthread_mutex_t mutex;
void use() { pthread_mutex_lock(&mutex); }
}  // namespace
int main() {
  pthread_mutex_init(&mutex, nullptr);
  pthread_mutex_lock(&mutex);
  pthread_mutex_unlock(&mutex);
  pthread_mutex_destroy(&mutex);
  use();
}
