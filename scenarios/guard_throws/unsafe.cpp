// The guard's stop() rethrows the worker's error. When the guard runs because the owner itself met
// an error, one exception too many is on the way: std::terminate.
#include <redflag/scenario.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

class Engine {
 public:
  void start(int task) {
    worker_ = std::jthread([this, task] {
      try {
        process(task);
      } catch (...) {
        error_ = std::current_exception();
      }
    });
  }
  void process(int task) {
    if (task < 0) throw std::invalid_argument("negative task");
  }
  void stop() {
    worker_.join();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::exception_ptr error_;
  std::jthread worker_;
};

struct StopGuard {
  Engine& engine;
  ~StopGuard() noexcept(false) { engine.stop(); }
};

void share_work(Engine& engine) {
  engine.start(-1);
  const StopGuard guard{engine};
  engine.process(-2);
}

redflag::Outcome body() {
  Engine engine;
  std::string error = "none";
  try {
    share_work(engine);
  } catch (const std::invalid_argument&) {
    error = "reported";
  }
  return {{"error", error}};
}

// Built by g++ for ThreadSanitizer, std::terminate() is told of no exception; see the lesson.
#ifdef __clang__
constexpr auto terminated = redflag::Kind::uncaught_exception;
#else
constexpr auto terminated = redflag::Kind::abort;
#endif

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(Mode::plain | Mode::asan, Kind::uncaught_exception, "share_work"),
               must(with_tsan, terminated, "share_work")},
    .outcomes = {acceptable("error=reported", "the owner got an error and goes on"),
                 forbidden("error=none", "both errors were lost")}};
