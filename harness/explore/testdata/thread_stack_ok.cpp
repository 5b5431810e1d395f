// expects: nothing
// Threads that use what they have of a stack: the usual one, a small one, one that the program gave.
#include <limits.h>
#include <pthread.h>

#include <cstddef>
#include <cstdlib>

namespace {

constexpr std::size_t kib = 1024;
int sum = 0;

template <std::size_t size>
void* use(void*) {
  volatile char room[size];
  for (std::size_t i = 0; i < size; i += kib) room[i] = 1;
  for (std::size_t i = 0; i < size; i += kib) sum += room[i];
  return nullptr;
}

void run(const pthread_attr_t* attributes, void* (*routine)(void*), int more) {
  const int before = sum;
  pthread_t thread;
  if (pthread_create(&thread, attributes, routine, nullptr) != 0) std::abort();
  pthread_join(thread, nullptr);
  if (sum != before + more) std::abort();
}

}  // namespace

int main() {
  for (int i = 0; i < 4; ++i) run(nullptr, use<6000 * kib>, 6000);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  run(&attributes, use<6000 * kib>, 6000);
  pthread_attr_setstacksize(&attributes, 2000 * kib);
  run(&attributes, use<900 * kib>, 900);
  pthread_attr_setstacksize(&attributes, PTHREAD_STACK_MIN);  // ThreadSanitizer makes it 128 KiB
  run(&attributes, use<60 * kib>, 60);
  void* const own = std::malloc(4000 * kib);
  pthread_attr_setstack(&attributes, own, 4000 * kib);
  run(&attributes, use<900 * kib>, 900);
  std::free(own);
  pthread_attr_destroy(&attributes);
}
