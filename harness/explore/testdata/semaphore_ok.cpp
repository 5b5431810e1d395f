// expects: nothing
// Two tokens are needed: who gets the first gets the second.
#include <semaphore.h>

#include <thread>

sem_t a, b;

void use(sem_t* first, sem_t* second) {
  sem_wait(first);
  if (sem_trywait(second) != 0) sem_wait(second);
  sem_post(second);
  sem_post(first);
}

int main() {
  sem_init(&a, 0, 1);
  sem_init(&b, 0, 1);
  std::thread t(use, &a, &b);
  std::thread u(use, &a, &b);
  t.join();
  u.join();
  sem_destroy(&a);
  sem_destroy(&b);
}
