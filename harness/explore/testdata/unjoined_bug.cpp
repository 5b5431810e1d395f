// expects: leak
// Whoever made the thread has forgotten it. The call that makes it is in the library.
#include <thread>

int work_done = 0;

std::thread* start() {
  return new std::thread([] { ++work_done; });
}

int main() { start(); }
