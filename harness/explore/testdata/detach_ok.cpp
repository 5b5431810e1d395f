// expects: nothing
// A detached thread owns what it uses.
#include <semaphore.h>

#include <memory>
#include <mutex>
#include <thread>

struct Job {
  std::mutex mutex;
  std::unique_ptr<int> result;
};

sem_t done;

int main() {
  sem_init(&done, 0, 0);
  const auto job = std::make_shared<Job>();
  job->result = std::make_unique<int>(0);
  std::thread([job] {
    const std::lock_guard lock(job->mutex);
    ++*job->result;
    sem_post(&done);
  }).detach();
  sem_wait(&done);
  const std::lock_guard lock(job->mutex);
  job->result.reset();
}
