// Where Go recovers: in a guard, while the exception unwinds the stack. In C++ an exception on its
// way is not yet handled by anybody: std::current_exception() is null here too.
#include <redflag/scenario.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

class Engine {
 public:
  void run(int task) {
    worker_ = std::jthread([this, task] {
      try {
        const ErrorGuard guard{*this};
        process(task);
      } catch (...) {
        ++failed_;
      }
    });
  }
  void stop() {
    worker_.join();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct ErrorGuard {
    Engine& engine;
    ~ErrorGuard() { engine.keep_error(); }
  };
  void process(int task) {
    if (task < 0) throw std::invalid_argument("negative task");
  }
  void keep_error() { error_ = std::current_exception(); }

  int failed_ = 0;
  std::exception_ptr error_;
  std::jthread worker_;
};

redflag::Outcome body() {
  Engine engine;
  std::string error = "none";
  engine.run(-1);
  try {
    engine.stop();
  } catch (const std::invalid_argument&) {
    error = "reported";
  }
  return {{"error", error}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {must(any_mode, Kind::forbidden_outcome)},
    .outcomes = {acceptable("error=reported", "the owner got the worker's exception"),
                 forbidden("error=none", "the exception was lost")}};
