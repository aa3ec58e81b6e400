#pragma once
// Independent tasks on several threads. Private to engine.

#include <cstddef>
#include <functional>

namespace spillway::engine {

/// Calls `task(0)` ... `task(count - 1)`, each once, on up to `threads` threads (0 = all the machine has). Tasks write
/// to places of their own, so that results do not depend on the number of threads. The first exception is passed on.
void for_each_task(std::size_t count, int threads, const std::function<void(std::size_t)>& task);

/// The same from within a task: on the threads of the call it is part of, one alone where `threads` is 1.
void for_each_part(std::size_t count, int threads, const std::function<void(std::size_t)>& task);

}  // namespace spillway::engine
