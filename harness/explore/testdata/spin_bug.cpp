// expects: deadlock
// Two spin locks, locked in different orders.
#include <pthread.h>

pthread_spinlock_t a, b;

void* one(void*) {
  pthread_spin_lock(&a);
  pthread_spin_lock(&b);
  pthread_spin_unlock(&b);
  pthread_spin_unlock(&a);
  return nullptr;
}

void* other(void*) {
  pthread_spin_lock(&b);
  if (pthread_spin_trylock(&a) != 0) pthread_spin_lock(&a);
  pthread_spin_unlock(&a);
  pthread_spin_unlock(&b);
  return nullptr;
}

int main() {
  pthread_spin_init(&a, PTHREAD_PROCESS_PRIVATE);
  pthread_spin_init(&b, PTHREAD_PROCESS_PRIVATE);
  pthread_t t, u;
  pthread_create(&t, nullptr, one, nullptr);
  pthread_create(&u, nullptr, other, nullptr);
  pthread_join(t, nullptr);
  pthread_join(u, nullptr);
  pthread_spin_destroy(&a);
  pthread_spin_destroy(&b);
}
