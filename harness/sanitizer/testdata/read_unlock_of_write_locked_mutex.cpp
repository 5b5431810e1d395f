// make-logs: tsan
// pthread_rwlock_unlock() cannot be wrong in this way; only the annotations of a hand-made lock
// can.
#include <cstddef>
extern "C" {
void __tsan_mutex_create(void* lock, unsigned flags);
void __tsan_mutex_pre_lock(void* lock, unsigned flags);
void __tsan_mutex_post_lock(void* lock, unsigned flags, int depth);
int __tsan_mutex_pre_unlock(void* lock, unsigned flags);
void __tsan_mutex_post_unlock(void* lock, unsigned flags);
}
namespace {
constexpr unsigned read_lock = 1 << 3;
char lock;
void read_unlock() {
  __tsan_mutex_pre_unlock(&lock, read_lock);
  __tsan_mutex_post_unlock(&lock, read_lock);
}
}  // namespace
int main() {
  __tsan_mutex_create(&lock, 0);
  __tsan_mutex_pre_lock(&lock, 0);
  __tsan_mutex_post_lock(&lock, 0, 0);
  read_unlock();
}
