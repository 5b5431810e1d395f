// make-logs: tsan
#include <pthread.h>
namespace {
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
struct Guard {
  ~Guard() { pthread_mutex_unlock(&mutex); }
};
}  // namespace
int main() { const Guard guard; }
