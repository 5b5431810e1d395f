// expects: data-race
// Who has left the barrier destroys it, though the other may not have left.
#include <pthread.h>

#include <thread>

pthread_barrier_t barrier;

int main() {
  pthread_barrier_init(&barrier, nullptr, 2);
  std::thread t([] { pthread_barrier_wait(&barrier); });
  pthread_barrier_wait(&barrier);
  pthread_barrier_destroy(&barrier);
  t.join();
}
