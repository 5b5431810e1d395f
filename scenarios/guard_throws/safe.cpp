// The guard lets no exception out: what stop() throws is kept, and the owner gets both errors.
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
  std::exception_ptr& error;
  ~StopGuard() {  // noexcept, as every destructor that does not say otherwise
    try {
      engine.stop();
    } catch (...) {
      error = std::current_exception();
    }
  }
};

void share_work(Engine& engine, std::exception_ptr& stop_error) {
  engine.start(-1);
  const StopGuard guard{engine, stop_error};
  engine.process(-2);
}

redflag::Outcome body() {
  Engine engine;
  std::string error = "none";
  std::exception_ptr stop_error;
  try {
    share_work(engine, stop_error);
  } catch (const std::invalid_argument&) {
    error = "reported";
  }
  return {{"error", error}, {"stop_error", stop_error ? "kept" : "none"}};
}

}  // namespace

constexpr redflag::Program redflag::program{
    .body = body,
    .expect = {},
    .outcomes = {acceptable("error=reported stop_error=kept", "the owner got both errors"),
                 forbidden("*", "an error was lost")}};
