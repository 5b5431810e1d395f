// The worker asks for the exception after its handler has ended (Go: recover() outside a deferred
// function). std::current_exception() is null there, and the failure is lost.
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
        process(task);
      } catch (...) {
        ++failed_;
      }
      if (failed_ > 0) keep_error();
    });
  }
  void stop() {
    worker_.join();
    if (error_) std::rethrow_exception(error_);
  }

 private:
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
