// What condition variables need of mutexes.
#pragma once

#include <pthread.h>

namespace redflag::explorer {

struct Thread;

/// Whether `thread` would not wait for `mutex` (a pthread_mutex_t) now.
bool mutex_is_free(const volatile void* mutex, const Thread& thread);

/// As the program would call them, but no step.
int real_lock(pthread_mutex_t* mutex);
int real_unlock(pthread_mutex_t* mutex);

}  // namespace redflag::explorer
