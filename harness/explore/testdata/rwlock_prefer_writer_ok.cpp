// expects: nothing
// A lock that prefers writers, read once by each.
#include <pthread.h>

pthread_rwlock_t lock;
int value = 0;

int read_value() {
  const int seen = value;
  return seen;
}

void* read(void*) {
  pthread_rwlock_rdlock(&lock);
  read_value();
  pthread_rwlock_unlock(&lock);
  return nullptr;
}

void* write(void*) {
  pthread_rwlock_wrlock(&lock);
  ++value;
  pthread_rwlock_unlock(&lock);
  return nullptr;
}

int main() {
  pthread_rwlockattr_t attributes;
  pthread_rwlockattr_init(&attributes);
  pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
  pthread_rwlock_init(&lock, &attributes);
  pthread_t writer, reader;
  pthread_create(&writer, nullptr, write, nullptr);
  pthread_create(&reader, nullptr, read, nullptr);
  pthread_join(reader, nullptr);
  pthread_join(writer, nullptr);
  pthread_rwlock_destroy(&lock);
}
