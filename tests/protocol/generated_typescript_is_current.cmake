# Fails when the committed generated.ts is not what the C++ types say.
execute_process(COMMAND ${GENERATOR} OUTPUT_FILE ${FRESH} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${FRESH} ${COMMITTED} RESULT_VARIABLE differs)
if(differs)
  message(FATAL_ERROR "${COMMITTED} is stale: run bin/generate and commit it")
endif()
