// expects: nothing
// Spins without a yield for a flag that stays.
#include <pthread.h>

pthread_spinlock_t lock;
bool flag = false;

bool look() {
  pthread_spin_lock(&lock);
  const bool seen = flag;
  pthread_spin_unlock(&lock);
  return seen;
}

void set(bool value) {
  pthread_spin_lock(&lock);
  flag = value;
  pthread_spin_unlock(&lock);
}

void* spin(void*) {
  while (!look()) {
  }
  return nullptr;
}

int main() {
  pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE);
  pthread_t thread;
  pthread_create(&thread, nullptr, spin, nullptr);
  set(true);
  pthread_join(thread, nullptr);
}
