// expects: deadlock
// Two things to be done once, of which each needs the other.
#include <pthread.h>

pthread_once_t first = PTHREAD_ONCE_INIT;
pthread_once_t second = PTHREAD_ONCE_INIT;
int ready = 0;

void nothing() { ++ready; }
void do_second();
void do_first() { pthread_once(&second, nothing); }
void do_second() { pthread_once(&first, nothing); }

void* one(void*) {
  pthread_once(&first, do_first);
  return nullptr;
}

void* other(void*) {
  pthread_once(&second, do_second);
  return nullptr;
}

int main() {
  pthread_t t, u;
  pthread_create(&t, nullptr, one, nullptr);
  pthread_create(&u, nullptr, other, nullptr);
  pthread_join(t, nullptr);
  pthread_join(u, nullptr);
}
