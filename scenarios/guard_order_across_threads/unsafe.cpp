// Two threads share a log. The writer's guard writes its last line, the reporter's guard closes the
// log, and the code counts on the guards running in the order in which the threads were started.
#include <redflag/scenario.h>

#include <mutex>
#include <thread>

namespace {

class Log {
 public:
  void write() {
    const std::lock_guard lock(mutex_);
    if (!closed_) ++lines_;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  int lines() const { return lines_; }

 private:
  std::mutex mutex_;
  bool closed_ = false;
  int lines_ = 0;
};

struct LastLineGuard {
  Log& log;
  ~LastLineGuard() { log.write(); }
};

struct CloseGuard {
  Log& log;
  ~CloseGuard() { log.close(); }
};

redflag::Outcome body() {
  Log log;
  {
    std::jthread writer([&] {
      const LastLineGuard guard{log};
      log.write();
    });
    std::jthread reporter([&] {
      const CloseGuard guard{log};
      log.write();
    });
  }  // both joined
  return {{"lines", log.lines()}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(any_mode, Kind::forbidden_outcome)},
    .outcomes = {acceptable("lines=3", "every line was written before the log was closed"),
                 forbidden("lines=*", "the log was closed too early")}};
